-- Takes a job for one process, where it is due and nobody has it.
--
-- KEYS[1] the job: hash with `holder` and `until` (epoch ms of Redis's own clock) while a process has it, `ended` and
--         `due` (epoch ms of the service) of its last run
-- ARGV    holder, lease (ms), now, start of the asking process (epoch ms)
-- reply   { 1 }, or { 0 } where another process has it, or { 0, due }

local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
local job = redis.call('HMGET', KEYS[1], 'holder', 'until', 'ended', 'due')
if job[1] and job[1] ~= ARGV[1] and tonumber(job[2]) > clock then return { 0 } end
if job[3] and tonumber(job[3]) >= tonumber(ARGV[4]) and tonumber(job[4]) > tonumber(ARGV[3]) then
  return { 0, job[4] }
end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', string.format('%.0f', clock + ARGV[2]))
return { 1 }
