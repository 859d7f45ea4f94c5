"""Static files, served from the packages they lie in."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, sending each file in one piece.

    Its own answers are streams read in a thread, which ASGI servers cannot pass on as such:
    Django warns of it and collects them. The desk's files are small.
    """

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The answer to a request for a file: whole, a range of it, or not modified."""
        found = static_file.get_response(request.method, request.META)
        answer = HttpResponse(status=int(found.status))
        del answer["Content-Type"]
        if found.file is not None:
            with found.file as stream:
                answer.content = stream.read()
        for name, value in found.headers:
            answer[name] = value
        return answer
