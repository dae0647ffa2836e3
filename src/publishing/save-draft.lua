-- Writes a draft with the note of what was done, unless it has another revision than whoever changed it had before them.
--
-- KEYS[1] drafts that are open or scheduled: hash, id → JSON
-- KEYS[2] drafts that are done with: hash, id → JSON
-- KEYS[3] the journal: list of JSON
-- ARGV    id, the revision it must have (0: there is none yet), the draft, the note, 1 if it is then done with
-- reply   1 written, 0 refused

local before = redis.call('HGET', KEYS[1], ARGV[1])
local revision = before and cjson.decode(before).revision or 0
if revision ~= tonumber(ARGV[2]) then return 0 end
if not before and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
if ARGV[5] == '1' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
end
redis.call('RPUSH', KEYS[3], ARGV[4])
return 1
