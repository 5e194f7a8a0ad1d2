package io.ticketbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * That the bench still measures contenders which do the same work; what they take is not looked at. Spring Integration is only
 * there with -Pbench, which looks at its work as well.
 */
final class BenchTest {
    private static final Shape SHAPE = new Shape(2_000, 200, 70);

    @ParameterizedTest
    @EnumSource(Database.Kind.class)
    void contenders_do_the_same_work(Database.Kind kind, @TempDir Path folder) throws Exception {
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(folder.resolve("databases"))) {
            for (Contenders each : EnumSet.complementOf(EnumSet.of(Contenders.SPRING_INTEGRATION))) {
                Shape shape = each.isSlow() ? Shape.of(500) : SHAPE;
                try (Contender contender = each.make(databases.make(kind))) {
                    contender.prepare(server.source(shape));
                    int report = 0;
                    for (Phase phase : Phase.values()) {
                        server.publish(shape, new Report(++report, phase == Phase.CHANGED));
                        Answer answer = pass(contender, server, shape);
                        Expected.of(shape, phase).require(each, phase, answer);
                    }
                }
            }
        }
    }

    private static Answer pass(Contender contender, SourceServer server, Shape shape) throws Exception {
        Tally tally = contender.pass(server.source(shape));
        contender.settle();
        return new Answer(tally, contender.holdings().orElse(null), 0, 0, 0, 0, null);
    }

    @Test
    void a_contender_that_left_something_out_fails_the_bench() {
        Answer answer = new Answer(new Tally(2_000, 1_399, 200), null, 1, 0, 0, 0, null);
        assertThatThrownBy(() -> Expected.of(SHAPE, Phase.FIRST).require(Contenders.HAND_WRITTEN, Phase.FIRST, answer))
                .isInstanceOf(WrongWork.class)
                .hasMessageContaining("hand-written, first scan: Tally[read=2000, news=1399, groups=200] instead of");
    }

    @Test
    void a_round_through_workers_makes_a_table(@TempDir Path folder) throws Exception {
        Plan plan = new Plan(Database.Kind.H2, 300, 1, 0, 1, List.of(Contenders.LIMIT, Contenders.HAND_WRITTEN));
        try (SourceServer server = SourceServer.start();
                Databases databases = new Databases(folder.resolve("databases"))) {
            Measures measures = Rounds.of(plan, databases, server, folder);
            assertThat(measures.ratio(Contenders.LIMIT, Contenders.LIMIT, Phase.RESCAN))
                    .isEqualTo(1);
            assertThat(Table.of(measures)).contains("### H2, 300 findings", "| a limit | ", "| b hand-written | ");
        }
    }
}
