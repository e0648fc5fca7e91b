import Experiments
import Workloads
import Glibc
let prep = try ProgramPreparation()
let spec = try WorkloadSpecification(parsing: CommandLine.arguments[1])
let p = try prep.prepare(spec, seed: 42, threadCount: Int(CommandLine.arguments[2])!, originalSpeed: false)
rename(p.path, CommandLine.arguments[3])
print(p.header)
