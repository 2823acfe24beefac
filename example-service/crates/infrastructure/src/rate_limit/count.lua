-- Counts one request under KEYS[1]: a burst of ARGV[2], and one more every ARGV[1]
-- microseconds. Answers whether it is allowed (1 or 0), how many more are at once, in how many
-- microseconds one more will be, and in how many all will be.
--
-- Kept is when the last request that was allowed would come if all came one interval apart.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local interval = tonumber(ARGV[1])
local burst = tonumber(ARGV[2])

local before = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local due = before + interval
local earliest = due - interval * burst
if now < earliest then
    return { 0, 0, earliest - now, before - now }
end

redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', math.ceil((due - now) / 1000))
return { 1, math.floor((now - earliest) / interval), 0, due - now }
