-- Adds visits to a day's record, and leaves out readers where it has too many.
--
-- KEYS[1] how often the day's share of readers has been halved, a string; then the day's visits by layers, lists: those
--         of the first are left out when it is halved once, those of the second when twice
-- ARGV    how often the process has halved it, how many visits a day may have, days until all expire (seconds);
--         then for each visit its layer, from 0 on, and the visit
-- reply   how often it has been halved now

local halvings = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), tonumber(ARGV[1]))
local most, expiry = tonumber(ARGV[2]), ARGV[3]
local layers = #KEYS - 1

for i = 4, #ARGV, 2 do
  local layer = tonumber(ARGV[i])
  if layer >= halvings then
    redis.call('RPUSH', KEYS[layer + 2], ARGV[i + 1])
    redis.call('EXPIRE', KEYS[layer + 2], expiry)
  end
end

local total = 0
for layer = halvings, layers - 1 do total = total + redis.call('LLEN', KEYS[layer + 2]) end
while total > most and halvings < layers - 1 do
  total = total - redis.call('LLEN', KEYS[halvings + 2])
  halvings = halvings + 1
end
for layer = 0, halvings - 1 do redis.call('UNLINK', KEYS[layer + 2]) end

redis.call('SET', KEYS[1], halvings, 'EX', expiry)
return halvings
