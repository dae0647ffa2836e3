-- Lets what one reader has read count for another too: spec rule 9. The same union as mergeViews() in merge-views.ts.
-- Merging the same facts again changes nothing.
--
-- KEYS[1] the views of the reader who is signed in to, as in record-view.lua
-- ARGV    the views of the reader who signs in, retain (seconds),
--         a meter: meter, from, till (epoch seconds) of its window now

local record = redis.call('GET', KEYS[1]) or ''
local retain = tonumber(ARGV[2])

local articles, counters, times, views = {}, {}, {}, #record / 10
for i = 1, views do
  articles[i], counters[i], times[i] = struct.unpack('>I4I2I4', record, i * 10 - 9)
end

local function window(meter, time)
  for i = 3, #ARGV, 3 do
    local from, till = tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])
    if tonumber(ARGV[i]) == meter and time >= from and time < till then return from, till end
  end
end

for i = 1, #ARGV[1], 10 do
  local article, meter, time = struct.unpack('>I4I2I4', ARGV[1], i)
  local from, till = window(meter, time)
  if not from or article == 0 then from, till = time, time + 1 end
  local known
  for k = 1, views do
    if articles[k] == article and counters[k] == meter and times[k] >= from and times[k] < till then
      known = k
      break
    end
  end
  if not known then
    views = views + 1
    articles[views], counters[views], times[views] = article, meter, time
  elseif time < times[known] then
    times[known] = time
  end
end

if views == 0 then return 0 end
local packed = {}
for i = 1, views do packed[i] = struct.pack('>I4I2I4', articles[i], counters[i], times[i]) end
redis.call('SET', KEYS[1], table.concat(packed), 'EX', retain)
return views
