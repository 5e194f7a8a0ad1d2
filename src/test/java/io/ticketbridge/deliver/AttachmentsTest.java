package io.ticketbridge.deliver;

import static io.ticketbridge.finding.Findings.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ticketbridge.deliver.call.ServiceNowCall;
import io.ticketbridge.deliver.call.SpentFile;
import io.ticketbridge.deliver.servicenow.Faults;
import io.ticketbridge.finding.Finding;
import io.ticketbridge.ledger.pair.Pairs;
import io.ticketbridge.ticket.Action;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.servicenow.ServiceNowException;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;

/** The files of a list stand in the temporary folder for as long as they are sent, however that ends (P6). */
class AttachmentsTest {
    private static final Finding[] MANY = IntStream.range(0, 60)
            .mapToObj(number -> fail("s3-public", "bucket-" + number))
            .toArray(Finding[]::new);

    @Test
    void parts_that_are_not_sent_are_gone_with_the_delivery() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of(
                "group-by",
                "check",
                "profile.incident.max-resources-in-text",
                "5",
                "servicenow.max-attachment-size",
                "1000"))) {
            world.ledger.scan(MANY);
            world.deliver(MANY[0], Action.OPEN);
            world.ledger.scan(fail("s3-public", "one-more"));
            Delivery delivery = world.intended(MANY[0], Action.UPDATE, "1 joined");
            Attachments attachments = new Attachments(
                    world.ledger.groupFindings,
                    world.drafts,
                    new Pairs(world.ledger.database, world.ledger.clock),
                    world.settings.serviceNow());
            Exchange exchange = new DefaultExchange(world.context);

            List<Path> parts = attachments.missing(delivery, List.of(), exchange).stream()
                    .map(call -> ((SpentFile) call.body()).path())
                    .toList();

            assertThat(parts).hasSizeGreaterThan(5).allSatisfy(part -> assertThat(part)
                    .exists());
            UnitOfWorkHelper.doneSynchronizations(
                    exchange, exchange.getExchangeExtension().handoverCompletions());
            assertThat(parts.get(0).getParent()).doesNotExist();
        }
    }

    @Test
    void once_a_part_of_the_list_was_refused_no_other_is_sent_though_a_text_is() {
        try (DeliveryWorld world = new DeliveryWorld(Map.of("group-by", "check"))) {
            world.ledger.scan(MANY);
            world.deliver(MANY[0], Action.OPEN);
            world.ledger.scan(fail("s3-public", "one-more"));
            Delivery delivery = world.intended(MANY[0], Action.UPDATE, "1 joined");
            Pairs pairs = new Pairs(world.ledger.database, world.ledger.clock);
            Attachments attachments =
                    new Attachments(world.ledger.groupFindings, world.drafts, pairs, world.settings.serviceNow());
            String sysId = delivery.ticket().sysId();
            ServiceNowCall part = ServiceNowCall.upload(
                    "incident", sysId, "part.csv", "text/csv", new SpentFile(Path.of("part.csv")));
            ServiceNowCall text = ServiceNowCall.upload("incident", sysId, "text.txt", "text/plain", "long");
            assertThat(attachments.isWorthSending(delivery, part)).isTrue();

            Exchange exchange = new DefaultExchange(world.context);
            exchange.setProperty(
                    Exchange.EXCEPTION_CAUGHT,
                    new ServiceNowException(
                            403, Map.of("error", Map.of("message", "The extension is not allowed", "detail", ""))));
            new RefusedFiles(pairs, world.ledger.deadLetters, new Faults(world.ledger.clock), world.ledger.clock)
                    .own(delivery, exchange);

            assertThat(attachments.isWorthSending(delivery, part)).isFalse();
            assertThat(attachments.isWorthSending(delivery, text)).isTrue();
        }
    }
}
