-- Takes one gift from what a maker may still make in this calendar month.
--
-- KEYS[1] the maker's month: hash with `from` (epoch ms of its beginning) and `made`
-- ARGV    from (epoch ms), limit, lasts (ms until the month ends)
-- reply   how many are left after it, or -1 if there was none left

local kept = redis.call('HMGET', KEYS[1], 'from', 'made')
local from, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local made = 0
-- Servers whose clocks disagree about the month must not begin it twice: the later month stays.
if kept[1] and tonumber(kept[1]) >= from then made = tonumber(kept[2]) end
if made >= limit then return -1 end

if made == 0 then
  redis.call('HSET', KEYS[1], 'from', ARGV[1], 'made', 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
else
  redis.call('HINCRBY', KEYS[1], 'made', 1)
end
return limit - made - 1
