-- What is known of a reader when a decision is asked for without counting: spec rule 5. Writes nothing.
--
-- KEYS[1] the reader's views, KEYS[2] the reader's access, as in record-view.lua
-- reply   { views, until, standing }

local access = redis.call('HMGET', KEYS[2], 'until', 'standing')
return { redis.call('GET', KEYS[1]) or '', access[1], access[2] }
