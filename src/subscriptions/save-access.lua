-- Writes what one subscription gives its reader, unless something newer has been written of it.
--
-- KEYS[1] the reader's access, as in choose-access.lua
-- KEYS[2] the buyer: hash; see buyer.redis.ts
-- ARGV    subscription, attempt, ticket, record (the JSON of the field), offer or ''
-- reply   { 'changed' | 'same' | 'older' } or { 'moved', the reader to whom the attempt belongs now }

local into = redis.call('HGET', KEYS[2], 'moved:' .. ARGV[2])
if into then return { 'moved', into } end

local field = 'sub:' .. ARGV[1]
local before = redis.call('HGET', KEYS[1], field)
if before and cjson.decode(before).ticket >= tonumber(ARGV[3]) then return { 'older' } end
redis.call('HSET', KEYS[1], field, ARGV[4])
if ARGV[5] ~= '' then redis.call('HSET', KEYS[2], 'offer:' .. ARGV[5], '1') end
choose(KEYS[1])

local what = '"access":(.*)$'
local was = before and string.match(before, what) or 'null}'
return { was == string.match(ARGV[4], what) and 'same' or 'changed' }
