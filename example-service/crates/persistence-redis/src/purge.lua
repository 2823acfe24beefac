-- Forgets sessions that have ended, with their refresh tokens. KEYS[1] is what names begin with,
-- ARGV[1] before which time they have ended, ARGV[2] how many are forgotten at the most, so that
-- others need not wait for long. Answers how many were.
local prefix = KEYS[1]

local function name(kind, id)
    return prefix .. ':' .. kind .. ':' .. id
end

local ended = redis.call('ZRANGEBYSCORE', prefix .. ':ends', '-inf', '(' .. ARGV[1],
    'LIMIT', 0, ARGV[2])
for _, id in ipairs(ended) do
    for _, digest in ipairs(redis.call('SMEMBERS', name('family', id))) do
        redis.call('DEL', name('digest', digest))
    end
    -- One that Redis has forgotten by itself goes from the list of its user with the next one
    -- that begins.
    local user = redis.call('HGET', name('session', id), 'user')
    if user then
        redis.call('ZREM', name('user', user), id)
    end
    redis.call('DEL', name('session', id), name('family', id))
    redis.call('ZREM', prefix .. ':ends', id)
end
return #ended
