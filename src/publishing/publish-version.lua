-- Adds the next version, closes the draft that it was made from, and writes the note, or does nothing at all.
--
-- KEYS[1] versions: hash, number → JSON
-- KEYS[2] drafts that are open or scheduled: hash, id → JSON
-- KEYS[3] drafts that are done with: hash, id → JSON
-- KEYS[4] the journal: list of JSON
-- ARGV    number, version, note; and for a draft: id, the revision it must have, the draft as it is afterwards
-- reply   'published', 'number_taken', 'draft_changed'

if redis.call('HLEN', KEYS[1]) + 1 ~= tonumber(ARGV[1]) then return 'number_taken' end
if ARGV[4] then
  local draft = redis.call('HGET', KEYS[2], ARGV[4])
  if not draft or cjson.decode(draft).revision ~= tonumber(ARGV[5]) then return 'draft_changed' end
  redis.call('HDEL', KEYS[2], ARGV[4])
  redis.call('HSET', KEYS[3], ARGV[4], ARGV[6])
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('RPUSH', KEYS[4], ARGV[3])
return 'published'
