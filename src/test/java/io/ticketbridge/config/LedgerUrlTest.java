package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

class LedgerUrlTest {
    @Test
    void a_file_of_h2_is_found_however_its_path_begins() {
        assertThat(LedgerUrl.file("jdbc:h2:file:./data/ledger;AUTO_SERVER=TRUE"))
                .contains("./data/ledger");
        assertThat(LedgerUrl.file("jdbc:h2:~/ledger")).contains("~/ledger");
        assertThat(LedgerUrl.file("jdbc:h2:file:/data/ledger")).contains("/data/ledger");
        assertThat(LedgerUrl.file("jdbc:h2:file:C:/data/ledger;X=1")).contains("C:/data/ledger");
        assertThat(LedgerUrl.file("jdbc:h2:d:\\data\\ledger")).contains("d:\\data\\ledger");
        for (String other : new String[] {"jdbc:h2:mem:x", "jdbc:h2:tcp://host/x", "jdbc:postgresql://host/x"}) {
            assertThat(LedgerUrl.file(other)).as(other).isEmpty();
        }
    }

    @Test
    void a_user_is_refused_before_the_host_alone() {
        assertThat(LedgerUrl.fault("jdbc:postgresql://ticketbridge:pa/ss@db:5432/x"))
                .contains("no password");
        assertThat(LedgerUrl.fault("jdbc:postgresql://db:5432/x?user=ticketbridge@server&ssl=true"))
                .isEmpty();
    }

    @Test
    void no_part_of_a_password_is_shown_whatever_is_in_it() {
        assertThat(new DatabaseSettings("jdbc:postgresql://db/x?password=hid@den&ssl=true", "", Secret.of("hush"), 1))
                .hasToString("DatabaseSettings[url=jdbc:postgresql://db/x?password=***&ssl=true, user=, poolSize=1]")
                .extracting(settings -> settings.masked("jdbc:postgresql://u:hid den@db/x said hush"))
                .isEqualTo("jdbc:postgresql://***@db/x said ***");
    }

    /** What it can't read it prints. */
    @Test
    void the_driver_can_read_what_is_taken_and_nothing_else_of_its_kind_is() {
        for (String taken : new String[] {
            "jdbc:postgresql://db:5432/x",
            "jdbc:postgresql://db/x?password=pa/ss@w:rd&ssl=true",
            "jdbc:postgresql://one:5432,two:5433/x?targetServerType=primary",
            "jdbc:postgresql://[::1]:5432/x",
            "jdbc:postgresql://db/",
            "jdbc:postgresql:x"
        }) {
            assertThat(LedgerUrl.fault(taken)).as(taken).isEmpty();
            assertThat(Driver.parseURL(taken, null)).as(taken).isNotNull();
        }
        for (String refused : new String[] {
            "jdbc:postgresql://db:54x2/x?password=hidden",
            "jdbc:postgresql://db:5432?password=hidden",
            "jdbc:postgresql://db:5432/x/y?password=hidden"
        }) {
            assertThat(LedgerUrl.fault(refused)).as(refused).contains("jdbc:postgresql://HOST:5432/DATABASE");
            assertThat(Driver.parseURL(refused, null)).as(refused).isNull();
        }
    }
}
