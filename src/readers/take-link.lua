-- Uses a mailed link for one browser, which may use it again until it is finished.
--
-- KEYS[1] the link: hash with `request` and, once it is used, `browser`
-- ARGV    browser
-- reply   the request, or nil where the link has ended or another browser has used it

local kept = redis.call('HMGET', KEYS[1], 'request', 'browser')
if not kept[1] or (kept[2] and kept[2] ~= ARGV[1]) then return nil end
if not kept[2] then redis.call('HSET', KEYS[1], 'browser', ARGV[1]) end
return kept[1]
