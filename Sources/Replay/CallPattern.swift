// SPDX-License-Identifier: MIT

/// The patterns of `Instruction`, by opcode: `m` is a malloc, `f` a free.
///
/// An enumeration, because the compiler turns a switch over all its cases into one jump through a table; over numbers
/// it makes two tables and a branch between them, which is mispredicted as often as the jump.
enum CallPattern: UInt8 {
  case none0, none1
  case m, f
  case mm, mf, fm, ff
  case mmm, mmf, mfm, mff, fmm, fmf, ffm, fff
  case mmmm, mmmf, mmfm, mmff, mfmm, mfmf, mffm, mfff, fmmm, fmmf, fmfm, fmff, ffmm, ffmf, fffm, ffff
  case mmmmm, mmmmf, mmmfm, mmmff, mmfmm, mmfmf, mmffm, mmfff, mfmmm, mfmmf, mfmfm, mfmff, mffmm, mffmf, mfffm
  case mffff, fmmmm, fmmmf, fmmfm, fmmff, fmfmm, fmfmf, fmffm, fmfff, ffmmm, ffmmf, ffmfm, ffmff, fffmm, fffmf
  case ffffm, fffff
  case mmmmmm, mmmmmf, mmmmfm, mmmmff, mmmfmm, mmmfmf, mmmffm, mmmfff, mmfmmm, mmfmmf, mmfmfm, mmfmff, mmffmm
  case mmffmf, mmfffm, mmffff, mfmmmm, mfmmmf, mfmmfm, mfmmff, mfmfmm, mfmfmf, mfmffm, mfmfff, mffmmm, mffmmf
  case mffmfm, mffmff, mfffmm, mfffmf, mffffm, mfffff, fmmmmm, fmmmmf, fmmmfm, fmmmff, fmmfmm, fmmfmf, fmmffm
  case fmmfff, fmfmmm, fmfmmf, fmfmfm, fmfmff, fmffmm, fmffmf, fmfffm, fmffff, ffmmmm, ffmmmf, ffmmfm, ffmmff
  case ffmfmm, ffmfmf, ffmffm, ffmfff, fffmmm, fffmmf, fffmfm, fffmff, ffffmm, ffffmf, fffffm, ffffff
}
