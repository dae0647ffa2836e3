-- Holds on to a job.
--
-- KEYS[1] the job, as in take-job.lua
-- ARGV    holder, lease (ms)
-- reply   1 held, 0 somebody else has it

if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'until', string.format('%.0f', clock + ARGV[2]))
return 1
