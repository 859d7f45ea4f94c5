"""Django's settings, from the newsroom's folder and the environment.

Nothing here is edited for an installation: newsroom.yaml and the variables of
`yibao.web.environment` are. `yibao.web.setup.setup_django` loads it.
"""

from pathlib import Path

from yibao.newsroom import load_newsroom
from yibao.paths import find_paths
from yibao.web import environment

_paths = find_paths()
_https = environment.read_flag("YIBAO_HTTPS")
_package = Path(__file__).resolve().parent.parent

YIBAO_ROOT = _paths.root

DEBUG = False
SECRET_KEY = environment.secret_key(_paths)
ALLOWED_HOSTS = environment.read_list("YIBAO_HOSTS")
ROOT_URLCONF = "yibao.web.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "yibao.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "yibao.web.security.content_security_policy",
    "yibao.web.static.StaticFiles",
    "yibao.desk.views.published.published_files",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view wants a person; the few that do not say so (login_not_required).
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environment.database(_paths.database)}

# People.
AUTH_USER_MODEL = "desk.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

# Sessions stay on the server and end after eight idle hours.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-yibao" if _https else "yibao"
CSRF_COOKIE_NAME = "__Host-yibao-csrf" if _https else "yibao-csrf"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if _https else []
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "yibao.desk.views.errors.csrf_failure"  # gives back the text that was posted
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# Languages of the interface, and times.
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_package / "desk" / "locale"]
USE_TZ = True
TIME_ZONE = load_newsroom(_paths.newsroom).newsroom.timezone

# Static files are served from where they lie in the package; nothing has to be collected first.
# WhiteNoise reads the list of them once, when the process starts.
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Django says nothing below a warning; the command line and Prefect set up their own logs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
