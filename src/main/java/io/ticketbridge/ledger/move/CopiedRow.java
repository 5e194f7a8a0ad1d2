package io.ticketbridge.ledger.move;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;

/** One row on its way from one ledger to another: its values as either database takes them. */
final class CopiedRow {
    private final Object[] values;
    private final boolean mended;

    private CopiedRow(Object[] values, boolean mended) {
        this.values = values;
        this.mended = mended;
    }

    static CopiedRow of(ResultSet rows, ResultSetMetaData types) throws SQLException {
        Object[] values = new Object[types.getColumnCount()];
        boolean mended = false;
        for (int i = 0; i < values.length; i++) {
            Object value = value(rows, types, i + 1);
            values[i] = value instanceof String text ? storable(text) : value;
            mended |= values[i] != value;
        }
        return new CopiedRow(values, mended);
    }

    Object[] values() {
        return values;
    }

    /** Whether a text held what PostgreSQL can't keep. */
    boolean isMended() {
        return mended;
    }

    int length() {
        int length = 0;
        for (Object value : values) {
            length += value instanceof String text ? text.length() : value instanceof byte[] bytes ? bytes.length : 8;
        }
        return length;
    }

    private static Object value(ResultSet rows, ResultSetMetaData types, int column) throws SQLException {
        String type = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        if (type.startsWith("timestamp")) {
            return rows.getObject(column, OffsetDateTime.class);
        }
        if (type.contains("binary") || type.equals("bytea")) {
            return rows.getBytes(column);
        }
        return type.contains("char") || type.equals("text") ? rows.getString(column) : rows.getObject(column);
    }

    /** The same text if there is nothing to mend. NUL is dropped, as the ledger itself does; half a character becomes a mark. */
    private static String storable(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(each)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (each != 0 && !(Character.isSurrogate(each) && !isPair)) {
                if (mended != null) {
                    mended.append(each);
                }
                if (isPair) {
                    i++;
                    if (mended != null) {
                        mended.append(text.charAt(i));
                    }
                }
                continue;
            }
            if (mended == null) {
                mended = new StringBuilder(text.substring(0, i));
            }
            if (each != 0) {
                mended.append('\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }
}
