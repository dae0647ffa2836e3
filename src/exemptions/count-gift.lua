-- Takes one gift from what a maker may still make in this calendar month.
--
-- KEYS[1] the maker's month: hash with `from` (epoch ms of its beginning), `made`, and `of:<reader>` for what the maker
--         had made as that reader before they signed in
-- ARGV    from (epoch ms), limit, lasts (ms until the month ends)
-- reply   how many are left after it, or -1 if there was none left

local kept, all = {}, redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do kept[all[i]] = tonumber(all[i + 1]) end
local from, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
-- Servers whose clocks disagree about the month must not begin it twice: the later month stays.
local isNew = not kept.from or kept.from < from
local made = 0
if not isNew then
  for field, count in pairs(kept) do
    if field ~= 'from' then made = made + count end
  end
end
if made >= limit then return -1 end

if isNew then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'from', ARGV[1], 'made', 1)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
else
  redis.call('HINCRBY', KEYS[1], 'made', 1)
end
return limit - made - 1
