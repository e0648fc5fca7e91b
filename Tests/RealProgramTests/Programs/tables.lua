-- SPDX-License-Identifier: MIT
-- Tables, strings, coroutines, closures and the garbage collector in both of its modes.
local state = 42
local function next_number()
  state = (state * 1103515245 + 12345) % 2147483648
  return state >> 8
end

local words = {}
for i = 1, 50000 do words[i] = string.format("%s-%d", ("abc"):rep(next_number() % 20), i) end
table.sort(words)
print(#words, words[1], words[25000], words[50000])
local joined = table.concat(words, ",")
print(#joined, select(2, joined:gsub("abc", "x")), joined:find("-4999,", 1, true))

for _, mode in ipairs { "incremental", "generational" } do
  collectgarbage(mode)
  local live = {}
  for i = 1, 300000 do
    live[next_number() % 3000 + 1] = { i, tostring(i), next = live[i % 3000 + 1] and live[i % 3000 + 1][2] }
  end
  local sum = 0
  for i = 1, 3000 do sum = sum + (live[i] and live[i][1] or 0) end
  collectgarbage()
  print(mode, sum)
end

local function produce(count)
  return coroutine.wrap(function()
    for i = 1, count do coroutine.yield(i, ("x"):rep(i % 100)) end
  end)
end
local total = 0
for i, text in produce(50000) do total = total + i * #text end
print(total)
local many = {}
for i = 1, 2000 do many[i] = coroutine.create(function(a) while true do a = a + coroutine.yield(a) end end) end
for round = 1, 10 do
  local sum = 0
  for i = 1, #many do
    local _, value = coroutine.resume(many[i], round)
    sum = sum + value
  end
  print(round, sum)
end

local closed = 0
for i = 1, 5000 do setmetatable({}, { __gc = function() closed = closed + 1 end }) end
many, words = nil, nil
collectgarbage()
collectgarbage()
print(closed)
local grown = {}
for i = 1, 200 do grown[#grown + 1] = ("grow"):rep(i * 100) end
print(#table.concat(grown), pcall(error, { code = 1 }) == false)
