-- Whether a session runs; notes by the hour that it was seen.
--
-- KEYS[1] the account's sessions, as in start-session.lua
-- ARGV    session, now (epoch ms), life (ms that a session may be unseen), every (ms between notes)
-- reply   1 it runs, 0 it does not

local kept = redis.call('HGET', KEYS[1], ARGV[1])
if not kept then return 0 end
local seen, rest = string.match(kept, '^(%d+)( .*)$')
local now = tonumber(ARGV[2])
if tonumber(seen) + tonumber(ARGV[3]) <= now then return 0 end
if now - tonumber(seen) >= tonumber(ARGV[4]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. rest)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
