package io.ticketbridge.engine;

import io.ticketbridge.config.Settings;
import io.ticketbridge.kafka.Brokers;
import io.ticketbridge.kafka.FindingsTopic;
import io.ticketbridge.kafka.PublishedFindings;
import io.ticketbridge.kafka.TakenFindings;
import io.ticketbridge.ledger.pass.ArrivingPages;
import io.ticketbridge.ledger.pass.PageSteps;
import java.util.function.Consumer;
import org.apache.camel.Processor;

/** What hands pages over by a topic; where it is off nothing of Kafka's is looked at. */
final class KafkaBeans {
    private KafkaBeans() {}

    /** @throws CannotStart naming the file that can't be used */
    static void bind(Surroundings around, PageSteps steps) {
        Settings settings = around.settings();
        Consumer<String> topic = pass -> {};
        if (around.publishes()) {
            Brokers brokers = Networks.brokers(settings.kafka());
            around.bind("kafkaClients", brokers);
            topic = new FindingsTopic(brokers)::require;
        }
        TakenFindings taken = new TakenFindings(
                new ArrivingPages(around.database(), flow -> LedgerBeans.facts(settings, flow), around.clock()),
                steps,
                around.masking()::masked);
        around.bind("publishedFindings", new PublishedFindings(settings, steps, topic, around.masking()::masked));
        around.bind("takenFindings", taken);
        around.bind("takenFindingsFailed", (Processor) taken::failed);
    }
}
