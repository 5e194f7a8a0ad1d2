package io.ticketbridge.kafka;

import io.ticketbridge.config.FlowSettings;
import io.ticketbridge.config.KafkaSettings;
import io.ticketbridge.config.Settings;
import io.ticketbridge.finding.Result;
import io.ticketbridge.finding.SourceRecord;
import io.ticketbridge.finding.Unreadable;
import io.ticketbridge.ledger.letter.RecordText;
import io.ticketbridge.ledger.pass.NotPublished;
import io.ticketbridge.ledger.pass.PageSteps;
import io.ticketbridge.ledger.pass.PassOf;
import io.ticketbridge.ledger.run.Run;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Makes messages of a page. */
public final class PublishedFindings {
    /** Brokers and clients take a megabyte unless told otherwise. */
    static final int LONGEST = 900_000;

    private final Settings settings;
    private final PageSteps steps;
    private final Consumer<String> topic;
    private final UnaryOperator<String> masked;

    /**
     * @param topic sees for a pass that the topic is there, and throws if it is not
     * @param masked takes secrets out of a text before it leaves this process (P37)
     */
    public PublishedFindings(Settings settings, PageSteps steps, Consumer<String> topic, UnaryOperator<String> masked) {
        this.settings = settings;
        this.steps = steps;
        this.topic = topic;
        this.masked = masked;
    }

    /** One message a record, in their order. What only the whole scan can say is taken in, and told with each. */
    public List<Message> messages(Exchange exchange, List<SourceRecord> records) {
        Run run = new PassOf(exchange).run();
        if (run.published() == 0) {
            topic.accept(run.pass());
        }
        FlowSettings flow = settings.flows().get(run.flow());
        List<Result> before = steps.hear(exchange, records);
        List<Message> messages = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            messages.add(message(exchange, run, flow, records.get(i), before.get(i)));
        }
        return messages;
    }

    private Message message(Exchange exchange, Run run, FlowSettings flow, SourceRecord record, Result before) {
        Message message = new DefaultMessage(exchange.getContext());
        message.setHeader(KafkaConstants.KEY, PartitionKey.of(record, flow));
        message.setHeader(Headers.FORMAT, Headers.CURRENT_FORMAT);
        message.setHeader(Headers.RUN, String.valueOf(run.id()));
        message.setHeader(Headers.FLOW, run.flow());
        message.setHeader(Headers.PASS, run.pass());
        message.setHeader(Headers.BASELINE, String.valueOf(run.isBaseline()));
        message.setHeader(Headers.KIND, Headers.FINDING);
        message.setHeader(Headers.BEFORE, before.name());
        if (record instanceof Unreadable unreadable) {
            unreadable(message, new Unreadable(masked.apply(unreadable.raw()), unreadable.error()));
        } else {
            finding(message, RecordText.write(record));
        }
        return message;
    }

    private static void unreadable(Message message, Unreadable record) {
        message.setHeader(Headers.KIND, Headers.UNREADABLE);
        message.setBody(RecordText.write(RecordText.cut(record)));
    }

    private static void finding(Message message, String text) {
        // No character has more than three bytes.
        int length = text.length() > LONGEST / 3 ? text.getBytes(StandardCharsets.UTF_8).length : 0;
        if (length > LONGEST) {
            unreadable(message, RecordText.tooLong(text, length, LONGEST));
        } else {
            message.setBody(text);
        }
    }

    /** @throws Throwable with cause and cure, in place of what Kafka's client says; what else failed is thrown as it is */
    public void failed(Exchange exchange) throws Throwable {
        Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (!isOfKafka(error)) {
            throw error;
        }
        KafkaSettings kafka = settings.kafka();
        throw new NotPublished("Findings can't be handed to Kafka, topic " + kafka.topic() + " at "
                + String.join(", ", kafka.brokers()) + ": " + masked.apply(BrokerFaults.sentence(error)));
    }

    private static boolean isOfKafka(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith("org.apache.kafka.")) {
                return true;
            }
        }
        return false;
    }
}
