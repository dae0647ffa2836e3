-- A reader who made or opened a gift is another one now; whoever was both counts as one. May be repeated.
--
-- KEYS[1] the gift, KEYS[2] its readers, as in redeem-gift.lua
-- ARGV    from, into
-- reply   OK

if redis.call('HGET', KEYS[1], 'maker') == ARGV[1] then redis.call('HSET', KEYS[1], 'maker', ARGV[2]) end
if redis.call('SREM', KEYS[2], ARGV[1]) == 1 then
  local lasts = redis.call('PTTL', KEYS[1])
  redis.call('SADD', KEYS[2], ARGV[2])
  if lasts > 0 then redis.call('PEXPIRE', KEYS[2], lasts) end
end
return 'OK'
