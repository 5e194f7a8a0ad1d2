package io.ticketbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
