-- Counts distinct readers in several places at once, so that they are sent only once.
--
-- KEYS    the HyperLogLogs
-- ARGV    seconds until they expire, then the readers: so many that Lua's unpack bears them

for _, key in ipairs(KEYS) do
  redis.call('PFADD', key, unpack(ARGV, 2))
  redis.call('EXPIRE', key, ARGV[1])
end
