package io.ticketbridge.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.jdbc.JdbcAggregationRepository;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.apache.camel.util.concurrent.SynchronousExecutorService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Camel's own EIPs over its own JDBC repositories, with the tables of their documentation. There each call of a repository is a
 * transaction; with one around each page, which they join, they are spared a commit for every call.
 */
final class StockCamel implements Contender {
    private final HikariDataSource dataSource;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final TransactionTemplate page;
    private final AtomicLong news = new AtomicLong();
    private final AtomicLong groups = new AtomicLong();

    StockCamel(Database database, boolean pageIsTransaction) throws Exception {
        dataSource = Pool.of(database);
        DataSourceTransactionManager manager = new DataSourceTransactionManager(dataSource);
        TransactionTemplate call = new TransactionTemplate(manager);
        page = new TransactionTemplate(manager);
        page.setPropagationBehavior(
                pageIsTransaction
                        ? TransactionDefinition.PROPAGATION_REQUIRED
                        : TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        createTables(database);
        JdbcMessageIdRepository seen = new JdbcMessageIdRepository(dataSource, call, "evaluations");
        JdbcAggregationRepository pending = new JdbcAggregationRepository(manager, "pending", dataSource);
        pending.setDeserializationFilter("java.**;org.apache.camel.**;io.ticketbridge.bench.*;!*");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:page")
                        .split(body())
                        .idempotentConsumer(simple("${body.identity}/${body.content}"), seen)
                        .process(exchange -> news.incrementAndGet())
                        .setProperty("evaluation", body())
                        .split(simple("${body.controls}"))
                        .setHeader("control", body())
                        .setBody(exchangeProperty("evaluation"))
                        .to("direct:aggregate");
                from("direct:aggregate")
                        .aggregate(header("control"), StockCamel::add)
                        .aggregationRepository(pending)
                        .completionPredicate(exchange -> false)
                        .executorService(new SynchronousExecutorService())
                        .process(exchange -> groups.incrementAndGet());
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    private void createTables(Database database) {
        String bytes = database.kind() == Database.Kind.POSTGRESQL ? "bytea" : "blob";
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        for (String table : List.of("pending", "pending_completed")) {
            jdbc.execute("create table if not exists " + table + " (id varchar(255) not null primary key, exchange "
                    + bytes + " not null, version bigint not null)");
        }
    }

    private static Exchange add(Exchange before, Exchange next) {
        SmallEvaluation evaluation = next.getMessage().getBody(SmallEvaluation.class);
        Exchange sum = before == null ? next : before;
        GroupSum counted = before == null ? GroupSum.NONE : before.getMessage().getBody(GroupSum.class);
        sum.getMessage().setBody(counted.plus(evaluation));
        return sum;
    }

    @Override
    public Tally pass(URI source) throws Exception {
        news.set(0);
        groups.set(0);
        long read = new PeerPages(source)
                .each(evaluations ->
                        page.executeWithoutResult(status -> template.sendBody("direct:page", evaluations)));
        page.executeWithoutResult(status ->
                template.sendBodyAndHeader("direct:aggregate", null, Exchange.AGGREGATION_COMPLETE_ALL_GROUPS, true));
        return new Tally(read, news.get(), groups.get());
    }

    @Override
    public void close() {
        context.stop();
        dataSource.close();
    }
}
