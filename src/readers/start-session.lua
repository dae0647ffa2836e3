-- Begins a session of an account, unless it runs already. Where there are too many, the ones unseen for longest end.
--
-- KEYS[1] the account's sessions: hash, session id -> "<seen> <started> <device as JSON>", times in epoch ms
-- ARGV    session, seen, started, device, life (ms that a session may be unseen), most
-- reply   1 begun, 0 it ran already

if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])

local others, all = {}, redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] then
    others[#others + 1] = { session = all[i], seen = tonumber(string.match(all[i + 1], '^%d+')) }
  end
end
table.sort(others, function(one, other)
  if one.seen == other.seen then return one.session < other.session end
  return one.seen > other.seen
end)
for i, other in ipairs(others) do
  if i >= tonumber(ARGV[6]) or other.seen + tonumber(ARGV[5]) <= tonumber(ARGV[2]) then
    redis.call('HDEL', KEYS[1], other.session)
  end
end
return 1
