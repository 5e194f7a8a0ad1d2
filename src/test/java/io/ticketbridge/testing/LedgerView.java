package io.ticketbridge.testing;

import io.ticketbridge.engine.Engine;
import io.ticketbridge.ledger.Watermarks;
import io.ticketbridge.ledger.letter.DeadLetters;
import io.ticketbridge.ledger.letter.OpenLetters;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** What the ledger of a {@link Bridge} holds. */
public interface LedgerView {
    Engine engine();

    Clock clock();

    /** What a query of one number says of the ledger. */
    default long count(String sql) {
        return engine().database().client().sql(sql).query(Long.class).single();
    }

    /** How long the group that is worked on is still claimed. */
    default long secondsOfClaims() {
        OffsetDateTime until = engine().database()
                .client()
                .sql("select max(lease_until) from finding_group where lease_owner is not null")
                .query(OffsetDateTime.class)
                .single();
        return Duration.between(clock().instant(), until.toInstant()).toSeconds();
    }

    default List<DeadLetters.DeadLetter> deadLetters() {
        return new OpenLetters(engine().database()).of(1000);
    }

    default Optional<String> watermark() {
        return new Watermarks(engine().database(), clock()).of(Bridge.CASES);
    }

    /** How many groups a breaker holds. */
    default long held() {
        return engine().database()
                .client()
                .sql("select count(*) from finding_group where held is not null")
                .query(Long.class)
                .single();
    }
}
