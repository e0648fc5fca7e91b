-- SPDX-License-Identifier: MIT
-- What Lua scripts do: tables as records and lists, strings put together and taken apart, closures, coroutines.

math.randomseed(20261101)

local function word(length)
  local letters = {}
  for index = 1, length do letters[index] = string.char(96 + math.random(26)) end
  return table.concat(letters)
end

local function counter(step)
  local count = 0
  return function(amount)
    count = count + step * amount
    return count
  end
end

local function tree(depth)
  if depth == 0 then return { value = math.random(1000) } end
  return { left = tree(depth - 1), right = tree(depth - 1), label = "node " .. depth }
end

local function walk(node)
  if not node.left then return node.value end
  return walk(node.left) + walk(node.right)
end

local index, counters = {}, {}
for round = 1, 300 do
  local line = {}
  for position = 1, 60 do line[position] = word(math.random(3, 9)) end
  for found in table.concat(line, " "):gmatch("%a+") do
    local key = found:sub(1, 2)
    index[key] = index[key] or {}
    table.insert(index[key], found:upper() .. round)
  end
  counters[round] = counter(round)
end

local producer = coroutine.wrap(function()
  for round = 1, 3000 do coroutine.yield({ round = round, text = ("%d:%s"):format(round, word(6)) }) end
end)
local size = 0
for item in producer do size = size + #item.text + counters[item.round % 300 + 1](1) end

local sum = 0
for _ = 1, 12 do sum = sum + walk(tree(11)) end

local keys = {}
for key, list in pairs(index) do
  table.sort(list)
  keys[#keys + 1] = key .. #list
end
table.sort(keys)
print(#keys, keys[1], size, sum)
