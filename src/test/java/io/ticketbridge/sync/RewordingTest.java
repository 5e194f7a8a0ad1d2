package io.ticketbridge.sync;

import static io.ticketbridge.finding.Findings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.finding.Finding;
import io.ticketbridge.ticket.Action;
import io.ticketbridge.ticket.Agreement;
import io.ticketbridge.ticket.Both;
import io.ticketbridge.ticket.Phase;
import io.ticketbridge.ticket.SourceFields;
import io.ticketbridge.ticket.SyncField;
import io.ticketbridge.ticket.SyncPlan;
import io.ticketbridge.ticket.SyncPlans;
import io.ticketbridge.ticket.TicketRecord;
import io.ticketbridge.ticket.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A title that names the severity follows it, whichever side changed that. */
class RewordingTest {
    private static final Finding CASE =
            of("case", "CL-1").attributes(Map.of("priority", "P1")).finding();
    private static final String TITLE = SourceFields.of(CASE).get(SyncField.NAME);

    /** Of a profile with the severity before the title, and a case that is high now. */
    private static final Wording NAMES_IT = new Wording() {
        @Override
        public String shown(SyncField field, String sourceText) {
            return field == SyncField.NAME ? "[high] " + sourceText : sourceText;
        }

        @Override
        public Optional<String> inner(SyncField field, String ticketText) {
            return Optional.empty();
        }

        @Override
        public boolean isOfAnotherSeverity(SyncField field, String sourceText, String ticketText) {
            return field == SyncField.NAME && ticketText.equals("[medium] " + sourceText);
        }
    };

    @Test
    void where_the_ticket_has_the_priority_already_its_title_follows_all_the_same() {
        SyncPlan plan = reworded("[medium] " + TITLE, Phase.OPEN);

        assertThat(plan.action()).isEqualTo(Action.UPDATE);
        assertThat(plan.reason()).isEqualTo("the ticket names the severity that the case has now");
        assertThat(plan.toServiceNow()).containsExactly(Map.entry(SyncField.NAME, TITLE));
        assertThat(plan.agreed().fields()).containsEntry(SyncField.NAME, new Both(TITLE, null));
    }

    @Test
    void a_title_that_is_right_or_that_a_person_wrote_and_a_ticket_that_is_over_stay() {
        assertThat(reworded("[high] " + TITLE, Phase.OPEN).action()).isEqualTo(Action.NOTHING);
        assertThat(reworded("my own words", Phase.OPEN).action()).isEqualTo(Action.NOTHING);
        assertThat(reworded("[medium] " + TITLE, Phase.RESOLVED).action()).isEqualTo(Action.NOTHING);
        assertThat(reworded("[medium] " + TITLE, Phase.CLOSED).action()).isEqualTo(Action.NOTHING);
    }

    private static SyncPlan reworded(String title, Phase phase) {
        Agreement base = new Agreement(Map.of(SyncField.NAME, new Both(TITLE, title)), Map.of(), Map.of());
        TicketRecord record = new TicketRecord(
                true, phase, Map.of(SyncField.NAME, title), Map.of(), Map.of(), List.of(), false, List.of(), "mark");
        SyncPlan inStep = SyncPlans.inStep(base);
        return new Rewording(base, CASE, record, NAMES_IT).of(inStep);
    }
}
