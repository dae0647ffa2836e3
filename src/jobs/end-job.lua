-- Gives a job back after a run.
--
-- KEYS[1] the job, as in take-job.lua
-- ARGV    holder, end of the run, when the next one is due (epoch ms of the service)
-- reply   1 given back, 0 somebody else has it

if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'holder', 'until')
redis.call('HSET', KEYS[1], 'ended', ARGV[2], 'due', ARGV[3])
return 1
