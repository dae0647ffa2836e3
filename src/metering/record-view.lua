-- Counts views that meters allow, and answers with what is then known of their readers: spec rules 1, 2, 6, 7, 8, 11.
-- The same judgement as judge() in views.ts. One call judges for many readers, each by itself; in a Cluster for one.
--
-- KEYS    for each reader two:
--         the views: one string, 10 bytes a view (article uint32, meter uint16, epoch seconds uint32, big-endian)
--         the access: hash with `until` (epoch ms) and `standing`
-- ARGV    for each reader the numbers: article, at, retain (seconds), number of meters,
--         a meter: meter, limit, from, till (epoch seconds), the article's own one last,
--         a nudge: nudge, from view, to view, times, from (epoch seconds)
-- reply   for each reader one string, read by views.redis.ts:
--         outcome (c counted, r reread, s stopped, a subscribed), the place of the meter that counted and of the nudge
--         shown, from 1 on (uint8, uint16; 0 for none), length of the access (uint8), `until standing`, the views;
--         or E and what went wrong, which harms no other reader

local function judge(viewsKey, accessKey, numbers)
  local record = redis.call('GET', viewsKey) or ''
  local access = redis.call('HMGET', accessKey, 'until', 'standing')
  local arg = {}
  for number in string.gmatch(numbers, '%S+') do arg[#arg + 1] = tonumber(number) end
  local article, at, retain, meters = arg[1], arg[2], arg[3], arg[4]

  local function answer(outcome, meter, nudge)
    local standing = access[1] and access[1] .. ' ' .. access[2] or ''
    return outcome .. struct.pack('>I1I2I1', meter, nudge, #standing) .. standing .. record
  end

  if access[1] and tonumber(access[1]) > at * 1000 then return answer('a', 0, 0) end

  local articles, counters, times, views = {}, {}, {}, #record / 10
  for i = 1, views do
    articles[i], counters[i], times[i] = struct.unpack('>I4I2I4', record, i * 10 - 9)
  end

  -- The earliest reading of the article that lies in any of the meters' windows, and how much of each is used.
  local found
  local used = {}
  for m = 0, meters - 1 do
    local meter, from, till = arg[5 + m * 4], arg[7 + m * 4], arg[8 + m * 4]
    local count, seen = 0, {}
    for i = 1, views do
      local a, t = articles[i], times[i]
      if t >= from and t < till and a ~= 0 then
        if a == article and (not found or t < times[found]) then found = i end
        if counters[i] == meter and not seen[a] then
          seen[a] = true
          count = count + 1
        end
      end
    end
    used[m] = count
  end

  if found then
    -- A log imported out of order may bring an earlier reading: what is kept is the first one.
    if at < times[found] then
      local i = found * 10 - 9
      record = string.sub(record, 1, i + 5) .. struct.pack('>I4', at) .. string.sub(record, i + 10)
      redis.call('SET', viewsKey, record, 'EX', retain)
    end
    return answer('r', 0, 0)
  end

  local taken
  for m = 0, meters - 1 do
    if used[m] < arg[6 + m * 4] then
      taken = m
      break
    end
  end
  if not taken then return answer('s', 0, 0) end

  local kept = {}
  for i = 1, views do
    if times[i] >= at - retain then kept[#kept + 1] = string.sub(record, i * 10 - 9, i * 10) end
  end
  kept[#kept + 1] = struct.pack('>I4I2I4', article, arg[5 + taken * 4], at)

  local shownNudge = 0
  if taken == meters - 1 then
    for n = 0, (#arg - 4 - meters * 4) / 5 - 1 do
      local o = 5 + meters * 4 + n * 5
      local view = used[taken] + 1
      if view >= arg[o + 1] and view <= arg[o + 2] then
        local shown = 0
        for i = 1, views do
          if articles[i] == 0 and counters[i] == arg[o] and times[i] >= arg[o + 4] then shown = shown + 1 end
        end
        if shown < arg[o + 3] then
          kept[#kept + 1] = struct.pack('>I4I2I4', 0, arg[o], at)
          shownNudge = n + 1
          break
        end
      end
    end
  end

  record = table.concat(kept)
  redis.call('SET', viewsKey, record, 'EX', retain)
  return answer('c', taken + 1, shownNudge)
end

local answers = {}
for i = 1, #ARGV do
  local ok, answered = pcall(judge, KEYS[i * 2 - 1], KEYS[i * 2], ARGV[i])
  if not ok and type(answered) == 'table' then answered = answered.err end
  answers[i] = ok and answered or 'E' .. tostring(answered)
end
return answers
