-- Counts a view if the meter allows it, and answers with what is then known of the reader: spec rules 1, 2, 6, 7, 8.
-- The same judgement as judgeView() in views.ts.
--
-- KEYS[1] the reader's views: one string, 10 bytes a view (article uint32, meter uint16, epoch seconds uint32, big-endian)
-- KEYS[2] the reader's access: hash with `until` (epoch ms) and `standing`
-- ARGV    article, meter, limit, at, from, till (epoch seconds), retain (seconds)
-- reply   { outcome, views, until, standing }

local views = redis.call('GET', KEYS[1]) or ''
local access = redis.call('HMGET', KEYS[2], 'until', 'standing')
local article, meter, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at, from, till, retain = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])

if access[1] and tonumber(access[1]) > at * 1000 then
  return { 'subscribed', views, access[1], access[2] }
end

local used, seen, found = 0, {}, nil
for i = 1, #views, 10 do
  local a, m, t = struct.unpack('>I4I2I4', views, i)
  if t >= from and t < till then
    if a == article and (not found or t < found[2]) then found = { i, t } end
    if m == meter and not seen[a] then
      seen[a] = true
      used = used + 1
    end
  end
end

local outcome
if found then
  outcome = 'reread'
  -- A log imported out of order may bring an earlier reading: what is kept is the first one.
  if at < found[2] then
    local i = found[1]
    views = string.sub(views, 1, i + 5) .. struct.pack('>I4', at) .. string.sub(views, i + 10)
    redis.call('SET', KEYS[1], views, 'EX', retain)
  end
elseif used < limit then
  outcome = 'counted'
  local kept = {}
  for i = 1, #views, 10 do
    if struct.unpack('>I4', views, i + 6) >= at - retain then
      kept[#kept + 1] = string.sub(views, i, i + 9)
    end
  end
  kept[#kept + 1] = struct.pack('>I4I2I4', article, meter, at)
  views = table.concat(kept)
  redis.call('SET', KEYS[1], views, 'EX', retain)
else
  outcome = 'stopped'
end

return { outcome, views, access[1], access[2] }
