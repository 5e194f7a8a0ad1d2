package io.ticketbridge.ledger.move;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of one table of a ledger that was moved.
 *
 * @param rows how many there are, in the old ledger and in the new one
 * @param checksum of what they hold, in both; empty where nothing was copied
 */
public record MovedTable(String table, long rows, String checksum) {
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("table", table);
        map.put("rows", rows);
        map.put("checksum", checksum);
        return map;
    }
}
