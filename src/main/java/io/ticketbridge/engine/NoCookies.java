package io.ticketbridge.engine;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.hc.client5.http.cookie.Cookie;
import org.apache.hc.client5.http.cookie.CookieStore;

/** Sources are signed in to by header on every request: a kept session could outlive its key. */
public final class NoCookies implements CookieStore {
    @Override
    public void addCookie(Cookie cookie) {}

    @Override
    public List<Cookie> getCookies() {
        return List.of();
    }

    @Override
    @Deprecated
    public boolean clearExpired(Date date) {
        return false;
    }

    @Override
    public boolean clearExpired(Instant date) {
        return false;
    }

    @Override
    public void clear() {}
}
