-- Makes changes to sessions: all of them, or none. KEYS[1] is what names begin with, ARGV[1]
-- the changes as JSON, ARGV[2] for how many milliseconds a session lasts at the most.
-- Answers `done`, `conflict` or `duplicate`.
local prefix = KEYS[1]
local changes = cjson.decode(ARGV[1])
local longest = ARGV[2]

local function name(kind, id)
    return prefix .. ':' .. kind .. ':' .. id
end

-- The sessions that were looked at, as they will be: `false` for one that will not be there.
local sessions = {}
-- What else is to be known of those that change.
local changed = {}

local function load(id)
    if sessions[id] == nil then
        local fields = redis.call('HGETALL', name('session', id))
        local session = false
        if #fields > 0 then
            session = {}
            for index = 1, #fields, 2 do
                session[fields[index]] = fields[index + 1]
            end
        end
        sessions[id] = session
    end
    return sessions[id]
end

local function of_user(user)
    return redis.call('ZRANGE', name('user', user), 0, -1)
end

local make = {}

function make.add(change)
    if load(change.id) then
        return 'duplicate'
    end
    sessions[change.id] = change.session
    changed[change.id] = { keep = change.keep, keep_digest = change.keep_digest, is_new = true }
end

function make.update(change)
    local session = load(change.id)
    if not session or session.version ~= change.loaded then
        return 'conflict'
    end
    local known = changed[change.id] or {}
    -- A session that was ended is kept for as long as it was to be before.
    if not change.session.revoked_at then
        known.keep = change.keep
    end
    if session.refresh ~= change.session.refresh then
        known.keep_digest = change.keep_digest
    end
    sessions[change.id] = change.session
    changed[change.id] = known
end

function make.revoke_all(change)
    local function revoke(id, session)
        local is_active = session and session.user == change.user and not session.revoked_at
            and tonumber(session.expires_at) > tonumber(change.now)
        if is_active and id ~= change.except then
            session.revoked_at = change.now
            session.version = string.format('%.0f', tonumber(session.version) + 1)
            changed[id] = changed[id] or {}
        end
    end
    for _, id in ipairs(of_user(change.user)) do
        load(id)
    end
    for id, session in pairs(sessions) do
        revoke(id, session)
    end
end

function make.forget(change)
    sessions[change.id] = false
    changed[change.id] = { user = change.user }
end

function make.forget_user(change)
    for _, id in ipairs(of_user(change.user)) do
        load(id)
    end
    for id, session in pairs(sessions) do
        if session and session.user == change.user then
            sessions[id] = false
            changed[id] = { user = change.user }
        end
    end
end

for _, change in ipairs(changes) do
    local refusal = make[change.kind](change)
    if refusal then
        return refusal
    end
end

local function forget(id, user)
    for _, digest in ipairs(redis.call('SMEMBERS', name('family', id))) do
        redis.call('DEL', name('digest', digest))
    end
    redis.call('DEL', name('session', id), name('family', id))
    redis.call('ZREM', name('user', user), id)
    redis.call('ZREM', prefix .. ':ends', id)
end

local function keep(id, session, known)
    local fields = {}
    for field, value in pairs(session) do
        fields[#fields + 1] = field
        fields[#fields + 1] = value
    end
    redis.call('HSET', name('session', id), unpack(fields))
    if known.keep then
        redis.call('PEXPIRE', name('session', id), known.keep)
    end
    if known.keep_digest then
        redis.call('SET', name('digest', session.refresh), id, 'PX', known.keep_digest)
        redis.call('SADD', name('family', id), session.refresh)
        redis.call('PEXPIRE', name('family', id), known.keep_digest)
    end
    local ends = tonumber(session.expires_at)
    if session.revoked_at then
        ends = math.min(ends, tonumber(session.revoked_at))
    end
    redis.call('ZADD', prefix .. ':ends', string.format('%.0f', ends), id)
    if known.is_new then
        local of_its_user = name('user', session.user)
        -- Redis has forgotten some by itself since the last one began.
        for _, other in ipairs(of_user(session.user)) do
            if redis.call('EXISTS', name('session', other)) == 0 then
                redis.call('ZREM', of_its_user, other)
            end
        end
        redis.call('ZADD', of_its_user, session.created_at, id)
        redis.call('PEXPIRE', of_its_user, longest)
    end
end

for id, known in pairs(changed) do
    if sessions[id] then
        keep(id, sessions[id], known)
    elseif known.user then
        forget(id, known.user)
    end
end
return 'done'
