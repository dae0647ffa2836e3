-- A number greater than every one given before, also where a failover has lost the latest of them: it follows Redis's
-- own clock as well as its last number.
--
-- KEYS[1] the last number given
-- reply   the number, epoch microseconds or a little more

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local ticket = math.max(now, (tonumber(redis.call('GET', KEYS[1])) or 0) + 1)
redis.call('SET', KEYS[1], string.format('%.0f', ticket))
return ticket
