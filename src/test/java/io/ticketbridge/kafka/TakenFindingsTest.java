package io.ticketbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ticketbridge.engine.CapturedLog;
import io.ticketbridge.finding.Findings;
import io.ticketbridge.ledger.Flow;
import io.ticketbridge.ledger.FreshDatabase;
import io.ticketbridge.ledger.Trail;
import io.ticketbridge.ledger.account.RunListener;
import io.ticketbridge.ledger.pass.ArrivingPages;
import io.ticketbridge.ledger.pass.PageSteps;
import io.ticketbridge.ledger.run.Arrival;
import io.ticketbridge.ledger.run.LedgerWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of what is in the topic a worker takes for a run that is read now. */
class TakenFindingsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> lookedFor = new ArrayList<>();
    private LedgerWorld world;
    private TakenFindings taken;
    private List<Message> published;

    /** One finding of a run that is under way, as it is published. */
    @BeforeEach
    void publish() {
        world = new LedgerWorld(FreshDatabase.H2.open(), Flow.groupedBy("check"));
        PageSteps steps =
                new PageSteps(world.runs, world.pages, world.seen, flow -> false, RunListener.NONE, Trail.OF_RUNS);
        Exchange exchange = new DefaultExchange(context);
        exchange.setProperty("run", world.runs.begin(Flow.NAME, "scan"));
        PublishedFindings publishing =
                new PublishedFindings(Flow.settings(Map.of("group-by", "check")), steps, lookedFor::add, text -> text);
        published = publishing.messages(exchange, List.of(Findings.fail("s3-public", "one")));
        steps.published(exchange);
        publishing.messages(exchange, List.of(Findings.fail("s3-public", "two")));
        taken = new TakenFindings(new ArrivingPages(world.database, name -> null, world.clock), steps, text -> text);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Arrival> pages() {
        List<Exchange> batch = new ArrayList<>();
        published.forEach(message -> {
            Exchange each = new DefaultExchange(context);
            message.setHeader(KafkaConstants.TOPIC, "findings");
            message.setHeader(KafkaConstants.PARTITION, 0);
            message.setHeader(KafkaConstants.OFFSET, (long) batch.size());
            each.setMessage(message);
            batch.add(each);
        });
        Exchange all = new DefaultExchange(context);
        all.getMessage().setBody(batch);
        return taken.pages(all);
    }

    @Test
    void what_was_published_of_it_is_taken() {
        assertThat(pages()).singleElement().satisfies(page -> assertThat(page.records())
                .hasSize(1));
    }

    @Test
    void the_topic_is_looked_for_before_the_first_page_of_a_run_alone() {
        assertThat(lookedFor).hasSize(1).doesNotContainNull();
    }

    @Test
    void what_another_pass_left_there_under_the_same_number_is_left_alone() {
        world.left("update run set pass = 'of the ledger that was put back'");

        assertThat(pages()).isEmpty();
    }

    @Test
    void findings_of_a_run_that_this_ledger_never_had_are_said_once_and_left_overs_of_an_ended_one_are_not() {
        try (CapturedLog log = new CapturedLog()) {
            world.left("update run set state = 'failed'");
            assertThat(pages()).isEmpty();
            assertThat(log.lines(Level.WARN)).isEmpty();

            world.left("update run set pass = 'of another ledger'");
            assertThat(pages()).isEmpty();
            assertThat(pages()).isEmpty();
            assertThat(log.lines(Level.WARN))
                    .singleElement()
                    .asString()
                    .contains("a run that this ledger never had", "ticketbridge.kafka.topic", "messages=1");
        }
    }

    @Test
    void what_a_version_without_passes_left_there_is_left_alone_if_it_is_of_another_flow() {
        published.forEach(message -> message.removeHeader(Headers.PASS));
        assertThat(pages()).hasSize(1);

        world.left("update run set flow = 'second'");
        assertThat(pages()).isEmpty();
    }
}
