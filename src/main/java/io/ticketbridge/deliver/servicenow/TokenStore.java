package io.ticketbridge.deliver.servicenow;

import io.ticketbridge.config.ServiceNowSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one token that all calls share (P21). It is renewed early, by one thread for all, first with the refresh token and, where
 * that is missing or refused, with the full grant. Thread-safe.
 */
public final class TokenStore {
    private static final Duration RETRY_EARLY_RENEWAL = Duration.ofSeconds(10);

    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final StandingRefusal refusal;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Token current;
    private String refresh;
    /** The current token replaces a refused one and has not been accepted yet. */
    private volatile boolean onProbation;

    public TokenStore(ServiceNowSettings serviceNow, Network network, Clock clock) {
        this.endpoint = new TokenEndpoint(serviceNow, network, clock);
        this.clock = clock;
        this.refusal = new StandingRefusal(clock);
    }

    /** A token to send now. Throws {@link CredentialsRefused} or {@link TokenUnavailable}. */
    public String token() {
        Token token = current;
        Instant now = clock.instant();
        if (token != null && now.isBefore(token.renewAt())) {
            return token.access();
        }
        if (!lock.tryLock()) {
            if (token != null && now.isBefore(token.expiresAt())) {
                return token.access();
            }
            lock.lock();
        }
        try {
            return renewed().access();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells that ServiceNow answered 401 to this token. It is dropped only if it is still the current one.
     *
     * @return whether the call is worth repeating: not when the token's replacement was refused, too
     */
    public boolean refused(String access) {
        lock.lock();
        try {
            if (current == null || !current.access().equals(access)) {
                return true;
            }
            current = null;
            boolean worthRepeating = !onProbation;
            if (onProbation) {
                refresh = null;
            }
            onProbation = true;
            return worthRepeating;
        } finally {
            lock.unlock();
        }
    }

    /** Tells that ServiceNow answered something else than 401 to this token. */
    public void accepted(String access) {
        if (onProbation) {
            lock.lock();
            try {
                onProbation = current == null || !current.access().equals(access);
            } finally {
                lock.unlock();
            }
        }
    }

    private Token renewed() {
        Instant now = clock.instant();
        Token old = current;
        if (old != null && now.isBefore(old.renewAt())) {
            return old;
        }
        int credentials = endpoint.credentials();
        refusal.require(credentials);
        try {
            Token token = fetched();
            refresh = token.refresh();
            current = token;
            return token;
        } catch (TokenUnavailable e) {
            if (old == null || !now.isBefore(old.expiresAt())) {
                throw e;
            }
            current = old.renewNotBefore(now.plus(RETRY_EARLY_RENEWAL));
            return old;
        } catch (CredentialsRefused e) {
            current = null;
            refusal.began(credentials, until -> e.getMessage());
            throw e;
        }
    }

    private Token fetched() {
        if (refresh != null) {
            try {
                return endpoint.byRefresh(refresh);
            } catch (CredentialsRefused e) {
                refresh = null;
            }
        }
        return endpoint.byGrant();
    }
}
