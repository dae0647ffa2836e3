-- Counts a view if a meter allows it, and answers with what is then known of the reader: spec rules 1, 2, 6, 7, 8, 11.
-- The same judgement as judge() in views.ts.
--
-- KEYS[1] the reader's views: one string, 10 bytes a view (article uint32, meter uint16, epoch seconds uint32, big-endian)
-- KEYS[2] the reader's access: hash with `until` (epoch ms) and `standing`
-- ARGV[1] numbers: article, at, retain (seconds), number of meters,
--         a meter: meter, limit, from, till (epoch seconds), the article's own one last,
--         a nudge: nudge, from view, to view, times, from (epoch seconds)
-- reply   { outcome, index of the meter that counted or -1, index of the nudge shown or -1, views, until, standing }

local record = redis.call('GET', KEYS[1]) or ''
local access = redis.call('HMGET', KEYS[2], 'until', 'standing')
local arg = {}
for number in string.gmatch(ARGV[1], '%S+') do arg[#arg + 1] = tonumber(number) end
local article, at, retain, meters = arg[1], arg[2], arg[3], arg[4]

if access[1] and tonumber(access[1]) > at * 1000 then
  return { 'subscribed', -1, -1, record, access[1], access[2] }
end

local articles, counters, times, views = {}, {}, {}, #record / 10
for i = 1, views do
  articles[i], counters[i], times[i] = struct.unpack('>I4I2I4', record, i * 10 - 9)
end

-- The earliest reading of the article that lies in any of the meters' windows, and how much of each is used.
local found
local used = {}
for m = 0, meters - 1 do
  local meter, from, till = arg[5 + m * 4], arg[7 + m * 4], arg[8 + m * 4]
  local count, seen = 0, {}
  for i = 1, views do
    local a, t = articles[i], times[i]
    if t >= from and t < till and a ~= 0 then
      if a == article and (not found or t < times[found]) then found = i end
      if counters[i] == meter and not seen[a] then
        seen[a] = true
        count = count + 1
      end
    end
  end
  used[m] = count
end

if found then
  -- A log imported out of order may bring an earlier reading: what is kept is the first one.
  if at < times[found] then
    local i = found * 10 - 9
    record = string.sub(record, 1, i + 5) .. struct.pack('>I4', at) .. string.sub(record, i + 10)
    redis.call('SET', KEYS[1], record, 'EX', retain)
  end
  return { 'reread', -1, -1, record, access[1], access[2] }
end

local taken
for m = 0, meters - 1 do
  if used[m] < arg[6 + m * 4] then
    taken = m
    break
  end
end
if not taken then return { 'stopped', -1, -1, record, access[1], access[2] } end

local kept = {}
for i = 1, views do
  if times[i] >= at - retain then kept[#kept + 1] = string.sub(record, i * 10 - 9, i * 10) end
end
kept[#kept + 1] = struct.pack('>I4I2I4', article, arg[5 + taken * 4], at)

local nudge = -1
if taken == meters - 1 then
  for n = 0, (#arg - 4 - meters * 4) / 5 - 1 do
    local o = 5 + meters * 4 + n * 5
    local view = used[taken] + 1
    if view >= arg[o + 1] and view <= arg[o + 2] then
      local shown = 0
      for i = 1, views do
        if articles[i] == 0 and counters[i] == arg[o] and times[i] >= arg[o + 4] then shown = shown + 1 end
      end
      if shown < arg[o + 3] then
        kept[#kept + 1] = struct.pack('>I4I2I4', 0, arg[o], at)
        nudge = n
        break
      end
    end
  end
end

record = table.concat(kept)
redis.call('SET', KEYS[1], record, 'EX', retain)
return { 'counted', taken, nudge, record, access[1], access[2] }
