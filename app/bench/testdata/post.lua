-- For wrk: posts the requests of a file, in turn and over again. In the file
-- each request follows a line with its length in bytes.

local requests, last = {}, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1) -- the end of the line
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  assert(#requests > 0, "no request in the file")
end

function request()
  last = last % #requests + 1
  return requests[last]
end

-- Times are in microseconds, as wrk keeps them.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\nDONE {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"status":%d,"socket":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.status, e.connect + e.read + e.write + e.timeout))
end
