package io.ticketbridge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.ledger.database.Outage;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;

/** What {@code run --once}, {@code import} and {@code replay} wait with. */
class PatientLookTest {
    private static final BooleanSupplier AWAY = () -> {
        throw new DataAccessResourceFailureException("connection refused");
    };

    @Test
    void a_ledger_that_is_away_for_a_moment_is_waited_for_and_said_once() {
        PatientLook look = new PatientLook(new Outage());
        Iterator<BooleanSupplier> looks = List.<BooleanSupplier>of(() -> false, AWAY, AWAY, () -> false, () -> true)
                .iterator();

        try (CapturedLog log = new CapturedLog()) {
            int tries = 1;
            while (!look.at(looks.next())) {
                tries++;
            }
            assertThat(tries).isEqualTo(5);
            assertThat(log.lines(Level.INFO)).hasSize(2);
        }
    }

    @Test
    void what_is_wrong_with_the_question_is_not_waited_for() {
        PatientLook look = new PatientLook(new Outage());

        assertThatThrownBy(() -> look.at(() -> {
                    throw new DuplicateKeyException("twice");
                }))
                .isInstanceOf(DuplicateKeyException.class);
    }
}
