-- Hands an AMP reader's link on, or deletes it, unless it is another reader's by now.
--
-- KEYS[1] the link: string
-- ARGV    the link as it is expected, what it becomes (empty: nothing)
-- reply   1 done, 0 it is another's

if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
