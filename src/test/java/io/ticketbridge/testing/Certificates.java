package io.ticketbridge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate that keytool makes at test time, signed by nobody the JVM knows: in PKCS12, and as PEM files. */
public final class Certificates {
    public static final String PASSWORD = "certificate-password";

    private final Path folder;
    private final String name;
    private final KeyStore keys;

    private Certificates(Path folder, String name, String... more) {
        this.folder = folder;
        this.name = name;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                pkcs12().toString()));
        command.addAll(List.of(more));
        try {
            Process keytool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(pkcs12())) {
                keys.load(in, PASSWORD.toCharArray());
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
            store.setCertificateEntry(name, keys.getCertificate(name));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
