package io.ticketbridge.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.handler.advice.IdempotentReceiverInterceptor;
import org.springframework.integration.jdbc.metadata.JdbcMetadataStore;
import org.springframework.integration.jdbc.store.JdbcMessageStore;
import org.springframework.integration.selector.MetadataStoreSelector;
import org.springframework.integration.store.MessageGroup;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Spring Integration's own EIPs over its own JDBC stores, with the tables of its own scripts. A page is one transaction. The
 * metadata store remembers the content of each identity, so that what changed is news.
 */
final class SpringIntegration implements Contender {
    private final HikariDataSource dataSource;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final TransactionTemplate transaction;

    SpringIntegration(Database database) {
        dataSource = Pool.of(database);
        String script = database.kind() == Database.Kind.POSTGRESQL ? "schema-postgresql.sql" : "schema-h2.sql";
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/integration/jdbc/" + script))
                .execute(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        context.registerBean(DataSource.class, () -> dataSource);
        context.register(Flow.class);
        context.refresh();
    }

    @Override
    public Tally pass(URI source) throws Exception {
        Flow flow = context.getBean(Flow.class);
        flow.news.set(0);
        flow.groups.set(0);
        MessageChannel pages = context.getBean("pages", MessageChannel.class);
        long read = new PeerPages(source)
                .each(page -> transaction.executeWithoutResult(status -> pages.send(new GenericMessage<>(page))));
        // As its reaper does, for groups of any age.
        transaction.executeWithoutResult(
                status -> context.getBean(JdbcMessageStore.class).expireMessageGroups(-1));
        return new Tally(read, flow.news.get(), flow.groups.get());
    }

    @Override
    public void close() {
        context.close();
        dataSource.close();
    }

    /** An evaluation in the group of one of its controls. */
    record Member(String control, SmallEvaluation evaluation) implements java.io.Serializable {}

    @Configuration
    @EnableIntegration
    static class Flow {
        final AtomicLong news = new AtomicLong();
        final AtomicLong groups = new AtomicLong();

        @Bean
        JdbcMetadataStore seen(DataSource dataSource) {
            return new JdbcMetadataStore(dataSource);
        }

        @Bean
        JdbcMessageStore pending(DataSource dataSource) {
            JdbcMessageStore pending = new JdbcMessageStore(dataSource);
            pending.addAllowedPatterns("io.ticketbridge.*", "java.*", "org.springframework.*");
            return pending;
        }

        @Bean
        IdempotentReceiverInterceptor onlyNews(JdbcMetadataStore seen) {
            MetadataStoreSelector selector = new MetadataStoreSelector(
                    message -> evaluation(message).identity(),
                    message -> evaluation(message).content(),
                    seen);
            selector.setCompareValues((before, now) -> !before.equals(now));
            IdempotentReceiverInterceptor onlyNews = new IdempotentReceiverInterceptor(selector);
            onlyNews.setDiscardChannelName("nullChannel");
            return onlyNews;
        }

        @Bean
        IntegrationFlow flow(IdempotentReceiverInterceptor onlyNews, JdbcMessageStore pending) {
            return IntegrationFlow.from("pages")
                    .split()
                    .splitWith(each -> each.function(this::members)
                            .expectedType(SmallEvaluation.class)
                            .advice(onlyNews))
                    .aggregate(group -> group.correlationStrategy(message -> ((Member) message.getPayload()).control())
                            .releaseStrategy(never -> false)
                            .messageStore(pending)
                            .outputProcessor(SpringIntegration::sum)
                            .expireGroupsUponCompletion(true)
                            .sendPartialResultOnExpiry(true))
                    .handle(message -> groups.incrementAndGet())
                    .get();
        }

        private List<Member> members(SmallEvaluation evaluation) {
            news.incrementAndGet();
            return evaluation.controls().stream()
                    .map(control -> new Member(control, evaluation))
                    .toList();
        }

        private static SmallEvaluation evaluation(Message<?> message) {
            return (SmallEvaluation) message.getPayload();
        }
    }

    private static GroupSum sum(MessageGroup group) {
        GroupSum sum = GroupSum.NONE;
        for (Message<?> message : group.getMessages()) {
            sum = sum.plus(((Member) message.getPayload()).evaluation());
        }
        return sum;
    }
}
