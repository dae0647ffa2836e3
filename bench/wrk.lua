-- Sends the prepared requests of a file one after another, from the given one on, and reports as one line of JSON.
-- Arguments: the file (whole requests, each ended by a zero byte), the place to begin, from 0 up to 1.

local requests, at = {}, 0

function init(args)
  local file = assert(io.open(args[1], 'rb'))
  local text = file:read('*a')
  file:close()
  local from = 1
  while true do
    local stop = string.find(text, '\0', from, true)
    if not stop then break end
    requests[#requests + 1] = string.sub(text, from, stop - 1)
    from = stop + 1
  end
  at = math.floor(#requests * tonumber(args[2]))
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('\n{"answers":%d,"seconds":%f,"failed":%d,"p50Ms":%f,"p99Ms":%f}\n', summary.requests,
    summary.duration / 1e6, failed, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
