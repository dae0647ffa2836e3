-- Notes how an attempt ended: completed is final, expired may turn out to have been completed.
--
-- KEYS[1] the attempt: hash with `attempt` (JSON), `session`, `ended`, `refused`, `reader` (if it is another's by now)
-- ARGV    complete or expired, why it was refused or ''

if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HGET', KEYS[1], 'ended') == 'complete' then return 0 end
redis.call('HSET', KEYS[1], 'ended', ARGV[1])
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], 'refused')
else
  redis.call('HSET', KEYS[1], 'refused', ARGV[2])
end
return 1
