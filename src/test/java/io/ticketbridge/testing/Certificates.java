package io.ticketbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate that keytool makes at test time, signed by an authority that the JVM does not know: in PKCS12, and as PEM files. */
public final class Certificates {
    private static final String AUTHORITY = "authority";
    public static final String PASSWORD = "certificate-password";

    private final Path folder;
    private final String name;
    private final KeyStore keys;
    private final Certificate authority;

    private Certificates(Path folder, String name, String... more) {
        this.folder = folder;
        this.name = name;
        try {
            // A certificate that is trusted itself is not asked for its dates, so an authority signs it.
            keytool(AUTHORITY, "-ext", "bc:c", "-validity", "30");
            keytool(
                    name,
                    Stream.concat(Stream.of("-signer", AUTHORITY), Stream.of(more))
                            .toArray(String[]::new));
            keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(pkcs12())) {
                keys.load(in, PASSWORD.toCharArray());
            }
            keys.deleteEntry(AUTHORITY);
            try (OutputStream out = Files.newOutputStream(pkcs12())) {
                keys.store(out, PASSWORD.toCharArray());
            }
            Certificate[] chain = keys.getCertificateChain(name);
            authority = chain[chain.length - 1];
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String alias, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias + " of " + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                pkcs12().toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
        }
    }

    public static Certificates forLoopback(Path folder) {
        return new Certificates(folder, "server", "-ext", "SAN=ip:127.0.0.1", "-validity", "10");
    }

    public static Certificates forAnotherHost(Path folder) {
        return new Certificates(folder, "other", "-ext", "SAN=dns:example.org", "-validity", "10");
    }

    public static Certificates expired(Path folder) {
        return new Certificates(folder, "old", "-ext", "SAN=ip:127.0.0.1", "-startdate", "-20d", "-validity", "10");
    }

    public static Certificates ofClient(Path folder) {
        return new Certificates(folder, "client", "-validity", "10");
    }

    public Path pkcs12() {
        return folder.resolve(name + ".p12");
    }

    /** The certificate as a PEM file. */
    public Path pem() {
        try {
            return write(".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of the authority that signed it, as a PEM file. */
    public Path authorityPem() {
        try {
            return write("-ca.pem", "CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key as a PEM file of PKCS8. */
    public Path keyPem() {
        try {
            Key key = keys.getKey(name, PASSWORD.toCharArray());
            return write("-key.pem", "PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String suffix, String kind, byte[] bytes) {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
        try {
            return Files.writeString(folder.resolve(name + suffix), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param client whose certificate is wanted, or null */
    SSLContext server(Certificates client) {
        try {
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), client == null ? null : client.trusted(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(name, authority);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
